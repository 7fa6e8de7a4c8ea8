package io.pulzar.link;

import java.util.List;

class InProcessLinkTest extends LinkContract {

  private final Link link = new InProcessLink(new LinkServer(List.of(LinkContract::offer)));

  @Override
  Link link() {
    return link;
  }
}
