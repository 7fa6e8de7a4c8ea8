package io.pulzar.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.pulzar.Await;
import io.pulzar.TestServer;
import io.pulzar.access.TestTokens;
import io.pulzar.jobs.ScriptedPython;
import io.pulzar.polyglot.Outcome;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told, by a real mail server and a real receiver, of what played workers do. */
final class AlarmsOverHttpTest {

  private static final Pattern JOB = Pattern.compile("\"job_id\":(\\d+)");
  private static final Pattern SECRET = Pattern.compile("\"secret\":\"([^\"]+)\"");
  private static final ScriptedPython PYTHON = new ScriptedPython(4);
  private static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

  @TempDir private static Path directory;
  private static GreenMail mails;
  private static TestServer server;
  private static String administrator = "";
  private static String author = "";
  private TestReceiver receiver;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(directory.resolve("jobs"));
    mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mails.setUser("pulzar@example.org", "pulzar", "letter-box");
    mails.start();
    server =
        TestServer.in(directory)
            .python(() -> PYTHON)
            .set("pulzar.auth", "on")
            .set("pulzar.jobs.dir", directory.resolve("jobs").toString())
            .set("pulzar.alarms.pause", "50ms")
            .set("pulzar.alarms.longest-pause", "100ms")
            .set("pulzar.alarms.give-up", "4s")
            .set("pulzar.alarms.patience", "1s")
            .set("pulzar.alarms.answer", "100B")
            .set("pulzar.alarms.error", "300B")
            .set("pulzar.alarms.template", "200B")
            .set("pulzar.alarms.receivers", "40")
            .set("pulzar.alarms.rules", "30")
            .set("pulzar.alarms.addresses", "3")
            .set("pulzar.alarms.check", "50ms")
            .set("pulzar.alarms.url", "https://pulzar.example")
            .set("pulzar.alarms.smtp.host", "127.0.0.1")
            .set("pulzar.alarms.smtp.port", Integer.toString(mails.getSmtp().getPort()))
            .set("pulzar.alarms.smtp.security", "none")
            .set("pulzar.alarms.smtp.user", "pulzar")
            .set("pulzar.alarms.smtp.password", "letter-box")
            .set("pulzar.alarms.smtp.from", "Pulzar <pulzar@example.org>")
            .start();
    administrator = TestTokens.create(server, "root", "administrator");
    author = TestTokens.create(server, "author", "author");
  }

  @AfterAll
  static void stop() {
    server.close();
    mails.stop();
  }

  @BeforeEach
  void receive() throws IOException {
    receiver = new TestReceiver();
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  @Test
  void aFailureIsToldSignedAndOnceAndSoIsItsRecovery() throws IOException {
    script("money/report", "Category: x");
    String secret = add("money-ops", "/hook/token-in-the-path");
    rule("money", "{\"scripts\": \"money/**\", \"to\": [\"money-ops\"]}");
    BROKEN.add("money/report");
    String first = ended(launch("money/report"));
    TestReceiver.Received told = receiver.awaitTaken("\"type\":\"failure\"");
    assertThat(told.body())
        .contains("\"title\":\"money/report failed\"")
        .contains("\"receiver\":\"money-ops\"", "\"script\":\"money/report\"", "\"job\":" + first)
        .contains("\"state\":\"failed\"", "\"error\":\"ValueError: on purpose", "\"attempts\":1")
        .contains("\"link\":\"https://pulzar.example/#/runs/" + first + "\"", "\"schedule\":null");
    assertThat(told.signature())
        .isEqualTo(
            Signature.of(
                new WebhookTarget(WebhookTarget.url(receiver.url("/")), secret).key(),
                told.id(),
                Long.parseLong(told.timestamp()),
                told.body().getBytes(StandardCharsets.UTF_8)));
    assertThat(Instant.ofEpochSecond(Long.parseLong(told.timestamp())))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    ended(launch("money/report"));
    ended(launch("money/report"));
    BROKEN.clear();
    ended(launch("money/report"));
    TestReceiver.Received over = receiver.awaitTaken("\"type\":\"recovery\"");
    assertThat(over.body())
        .contains("\"title\":\"money/report works again\"", "\"of\":\"failure\"", "\"count\":3")
        .contains("\"state\":\"completed\"", "\"error\":null");
    ended(launch("money/report"));
    BROKEN.add("money/report");
    ended(launch("money/report"));
    Await.until("the next failure is told", () -> receiver.taken("\"failure\"").size() > 2);
    BROKEN.clear();
    assertThat(receiver.all.stream().map(TestReceiver.Received::id)).doesNotHaveDuplicates();
    assertThat(receiver.all).hasSize(3);
    assertThat(asked("GET", "/admin/alarms/deliveries", "", administrator).body())
        .contains("\"id\":\"" + told.id() + "\"", "\"state\":\"sent\"", "\"answered 204\"")
        .doesNotContain("token-in-the-path", secret);
  }

  @Test
  void whatIsNotTakenIsSentAgainUnderItsIdUntilItIs() throws IOException {
    script("retried/job", "Category: x");
    add("retried", "/");
    rule("retried", "{\"scripts\": \"retried/*\", \"to\": [\"retried\"]}");
    AtomicInteger asked = new AtomicInteger();
    receiver.answer = request -> asked.incrementAndGet() < 4 ? 503 : 200;
    BROKEN.add("retried/job");
    ended(launch("retried/job"));
    receiver.awaitTaken("retried/job");
    assertThat(receiver.all).hasSize(4);
    assertThat(receiver.all.stream().map(TestReceiver.Received::id).distinct()).hasSize(1);
    Await.until(
        "its end is known",
        () ->
            deliveries().contains("\"state\":\"sent\",\"attempts\":4,\"outcome\":\"answered 200"));
    assertThat(asked("GET", "/metrics", "", administrator).body())
        .containsPattern("pulzar_alarms_attempts_total\\{outcome=\"failed\"} [1-9]")
        .containsPattern("pulzar_alarms_attempts_total\\{outcome=\"sent\"} [1-9]")
        .contains("pulzar_alarms_waiting ");
    assertThat(asked("GET", "/health", "", administrator).body()).contains("\"alarms\":");
  }

  @Test
  void aReceiverThatNeverTakesItIsGivenUpAndKeepsNoOtherFromBeingTold() throws IOException {
    script("stuck/job", "Category: x");
    try (TestReceiver away = new TestReceiver()) {
      put("receivers/away", "{\"webhook\": \"" + away.url("/") + "\"}");
    }
    add("present", "/");
    rule("stuck", "{\"scripts\": \"stuck/job\", \"to\": [\"away\", \"present\"]}");
    BROKEN.add("stuck/job");
    ended(launch("stuck/job"));
    receiver.awaitTaken("stuck/job");
    Await.until(
        "it is given up",
        () -> deliveries().matches("(?s).*\"receiver\":\"away\"[^}]*\"state\":\"given_up\".*"));
    assertThat(deliveries()).contains("the receiver does not answer");
    assertThat(asked("GET", "/metrics", "", administrator).body())
        .containsPattern("pulzar_alarms_given_up_total [1-9]");
  }

  @Test
  void slowEndlessAndLeadingElsewhereAreNoAnswers() throws IOException {
    add("odd", "/");
    receiver.answer =
        request -> {
          request.sendResponseHeaders(200, 0);
          byte[] much = new byte[1 << 16];
          Arrays.fill(much, (byte) 'x');
          for (int sent = 0; sent < 1_000; sent++) {
            request.getResponseBody().write(much);
          }
          return -200;
        };
    String taken = asked("POST", "/admin/alarms/receivers/odd/test", "", administrator).body();
    assertThat(taken).contains("\"sent\":true", "answered 200: " + "x".repeat(100) + "\"");
    receiver.answer =
        request -> {
          request.getResponseHeaders().add("Location", receiver.url("/elsewhere"));
          return 302;
        };
    assertThat(asked("POST", "/admin/alarms/receivers/odd/test", "", administrator).body())
        .contains("\"sent\":false", "answered 302 (redirects are not followed");
    assertThat(receiver.all).hasSizeLessThanOrEqualTo(2);
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    receiver.answer =
        request -> {
          request.sendResponseHeaders(200, 0);
          request.getResponseBody().write('x');
          request.getResponseBody().flush();
          return end.thenApply(over -> -200).join();
        };
    assertThat(asked("POST", "/admin/alarms/receivers/odd/test", "", administrator).body())
        .contains("\"sent\":false", "no answer within 1000 ms (pulzar.alarms.patience)");
    end.complete(true);
  }

  @Test
  void aStormIsOneNoticeForEachScript() throws IOException {
    for (String name : List.of("one", "two")) {
      script("storm/" + name, "Category: x");
      BROKEN.add("storm/" + name);
    }
    add("storm", "/");
    rule("storm", "{\"scripts\": \"storm/**\", \"to\": [\"storm\"]}");
    List<String> runs =
        IntStream.range(0, 200)
            .mapToObj(n -> launch("storm/" + (n % 2 == 0 ? "one" : "two")))
            .toList();
    runs.forEach(AlarmsOverHttpTest::ended);
    Await.until("both are told", () -> receiver.all.size() >= 2);
    BROKEN.clear();
    ended(launch("storm/one"));
    assertThat(receiver.awaitTaken("recovery").body()).contains("\"count\":100");
    assertThat(receiver.all).hasSize(3);
  }

  @Test
  void whatGoesOnIsToldAgainWhereARuleSaysAfterHowLong() throws IOException {
    script("again/job", "Category: x");
    add("again", "/");
    rule("again", "{\"scripts\": \"again/job\", \"to\": [\"again\"], \"every\": \"1s\"}");
    BROKEN.add("again/job");
    Await.until(
        "it is told again",
        () -> {
          ended(launch("again/job"));
          return receiver.all.size() >= 3;
        });
    BROKEN.clear();
    assertThat(receiver.all.get(1).body()).contains("again/job goes on failing, ");
    assertThat(launched("again/job")).isGreaterThan(receiver.all.size());
  }

  @Test
  void aMailGoesToEachAddressAlone() throws Exception {
    script("mailed/job", "Notify: mailed");
    assertThat(
            asked(
                    "PUT",
                    "/admin/alarms/receivers/mailed",
                    "{\"mail\": [\"jane@example.org\", \"joe@example.org\"]}",
                    administrator)
                .statusCode())
        .isEqualTo(201);
    BROKEN.add("mailed/job");
    String job = ended(launch("mailed/job"));
    Await.until("two mails", () -> mails.getReceivedMessages().length >= 2);
    BROKEN.clear();
    MimeMessage mail =
        Arrays.stream(mails.getReceivedMessagesForDomain("jane@example.org"))
            .findFirst()
            .orElseThrow();
    assertThat(mail.getSubject()).isEqualTo("[Pulzar] mailed/job failed");
    assertThat(mail.getFrom()[0]).hasToString("Pulzar <pulzar@example.org>");
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getMessageID()).matches("<msg_[0-9a-f]{16}_\\d+@pulzar>");
    assertThat(GreenMailUtil.getBody(mail))
        .contains("Run " + job + " failed at ", "ValueError: on purpose")
        .contains("https://pulzar.example/#/runs/" + job);
    ended(launch("mailed/job"));
    Await.until("two more", () -> mails.getReceivedMessages().length >= 4);
    assertThat(
            Arrays.stream(mails.getReceivedMessages()).map(AlarmsOverHttpTest::subject).distinct())
        .containsExactlyInAnyOrder("[Pulzar] mailed/job failed", "[Pulzar] mailed/job works again");
    assertThat(asked("POST", "/admin/alarms/receivers/mailed/test", "", administrator).body())
        .contains("\"sent\":true", "\"to\":\"joe@example.org\"", "taken by 127.0.0.1");
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDocstringMayNameWhomNobodyKnowsAndItsPageSaysSo() throws IOException {
    script("named/job", "Notify: nobody-known, two words");
    ended(launch("named/job"));
    assertThat(asked("GET", "/admin/scripts/named/job", "", author).body())
        .contains("says Notify: nobody-known, and there is no receiver of that name")
        .contains("says Notify: two words, which is no name")
        .contains("\"notify\":{\"value\":\"nobody-known\",\"chosen\":true}", "\"problems\":[]");
    add("nobody-known", "/");
    assertThat(asked("GET", "/admin/scripts/named/job", "", author).body())
        .doesNotContain("there is no receiver");
    BROKEN.add("named/job");
    ended(launch("named/job"));
    receiver.awaitTaken("named/job failed");
    BROKEN.clear();
  }

  @Test
  void aCanceledRunIsNoFailureAndALongErrorIsCut() throws IOException {
    script("cut/waits", "Category: x");
    script("cut/long", "Category: x");
    PYTHON.on(
        "cut/waits",
        (call, listener, canceled) -> {
          canceled.toCompletableFuture().join();
          return new Outcome.Canceled();
        });
    PYTHON.on(
        "cut/long",
        (call, listener, canceled) -> new Outcome.Raised("ValueError", "é".repeat(10_000), ""));
    add("cut", "/");
    rule("cut", "{\"scripts\": \"cut/**\", \"to\": [\"cut\"]}");
    String canceled = launch("cut/waits");
    asked("POST", "/admin/jobs/" + canceled + "/cancel", "", administrator);
    ended(canceled);
    ended(launch("cut/long"));
    assertThat(receiver.awaitTaken("cut/long").body()).containsPattern("é{100,145}…\"");
    assertThat(receiver.all).hasSize(1);
  }

  @Test
  void onlyAdministratorsSeeOrChangeAlarmsAndTheAuditLogHasEachChange() {
    add("audited", "/secret-path");
    for (String[] route :
        new String[][] {
          {"GET", "/admin/alarms"},
          {"GET", "/admin/alarms/deliveries"},
          {"PUT", "/admin/alarms/receivers/audited"},
          {"DELETE", "/admin/alarms/receivers/audited"},
          {"POST", "/admin/alarms/receivers/audited/test"},
          {"PUT", "/admin/alarms/rules/audited"},
          {"DELETE", "/admin/alarms/rules/audited"}
        }) {
      assertThat(asked(route[0], route[1], "{}", author).statusCode()).as(route[1]).isEqualTo(403);
    }
    String all = asked("GET", "/admin/alarms", "", administrator).body();
    assertThat(all)
        .contains("\"name\":\"audited\"", "\"to\":\"" + receiver.url("/…") + "\"", "\"root\"")
        .doesNotContain("secret-path", "whsec_");
    assertThat(asked("GET", "/access/audit", "", administrator).body())
        .contains("PUT /admin/alarms/receivers/audited")
        .doesNotContain("secret-path", "whsec_");
    assertThat(asked("DELETE", "/admin/alarms/receivers/audited", "", administrator).body())
        .contains("receiver removed");
    assertThat(
            asked("POST", "/admin/alarms/receivers/audited/test", "", administrator).statusCode())
        .isEqualTo(404);
  }

  @Test
  void aReceiverIsChangedPartByPart() {
    String first = add("parts", "/one");
    String changed =
        put("receivers/parts", "{\"webhook\": \"" + receiver.url("/two") + "\"}").body();
    assertThat(changed).contains("receiver changed").doesNotContain("whsec_");
    assertThat(put("receivers/parts", "{\"secret\": \"new\"}").body())
        .contains("whsec_")
        .doesNotContain(first);
    String own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    assertThat(put("receivers/parts", "{\"secret\": \"" + own + "\"}").body())
        .doesNotContain("whsec_");
    put("receivers/parts", "{\"body\": \"{\\\"content\\\": \\\"{title}\\\"}\"}");
    assertThat(asked("POST", "/admin/alarms/receivers/parts/test", "", administrator).body())
        .contains("\"sent\":true");
    assertThat(receiver.all.getFirst().body()).isEqualTo("{\"content\": \"A test of alarms\"}");
    put("receivers/parts", "{\"body\": \"\"}");
    asked("POST", "/admin/alarms/receivers/parts/test", "", administrator);
    assertThat(receiver.all.get(1).body()).contains("\"type\":\"test\"");
  }

  @Test
  void whatMakesNoSenseIsRefusedWithTheCure() {
    add("there", "/");
    String[][] receivers = {
      {"{}", "say 'webhook', a URL, or 'mail'"},
      {"{\"webhook\": \"ftp://x/\"}", "http or https"},
      {"{\"webhook\": \"http://x/\", \"mail\": [\"a@b.c\"]}", "not both"},
      {"{\"webhook\": \"http://x/\", \"secret\": \"easy\"}", "whsec_"},
      {"{\"webhook\": \"http://x/\", \"body\": \"{\"}", "no JSON"},
      {"{\"webhook\": \"http://x/\", \"body\": \"\\\"" + "x".repeat(200) + "\\\"\"}", "template"},
      {"{\"mail\": []}", "1 to 3 addresses (pulzar.alarms.addresses)"},
      {"{\"mail\": [\"a@x.y\",\"b@x.y\",\"c@x.y\",\"d@x.y\"]}", "1 to 3 addresses"},
      {"{\"mail\": [\"Jane <a@x.y>\"]}", "is no address"},
      {"{\"mail\": [\"a@x.y\\r\\nBcc: b@x.y\"]}", "is no address"},
      {"{\"mail\": [\"jane\"]}", "is no address"}
    };
    for (String[] wrong : receivers) {
      HttpResponse<String> answer = put("receivers/wrong", wrong[0]);
      assertThat(answer.statusCode()).as(wrong[0]).isEqualTo(400);
      assertThat(answer.body()).contains("bad_receiver", wrong[1]);
    }
    assertThat(put("receivers/-x", "{\"webhook\": \"http://x/\"}").body()).contains("a name has");
    assertThat(put("receivers/" + "x".repeat(64), "{}").body()).contains("a name has");
    String[][] rules = {
      {"{}", "say in 'to' who is told"},
      {"{\"to\": [\"nobody\"]}", "there is no receiver nobody: add it first"},
      {"{\"to\": [\"there\"], \"on\": []}", "it tells of nothing"},
      {"{\"to\": [\"there\"], \"on\": [\"recovery\"]}", "it tells of nothing"},
      {"{\"to\": [\"there\"], \"on\": [\"late\"]}", "is given as how long"},
      {"{\"to\": [\"there\"], \"on\": [\"sometimes\"]}", "neither failure nor recovery"},
      {"{\"to\": [\"there\"], \"late\": \"soon\"}", "late: 'soon' is not a duration"},
      {"{\"to\": [\"there\"], \"waiting\": \"10ms\"}", "waiting is from 1s to 3650d"},
      {"{\"to\": [\"there\"], \"every\": \"9999d\"}", "every is from 0s"},
      {"{\"to\": [\"there\"], \"scripts\": \"a/**/b\"}", "at its end only"}
    };
    for (String[] wrong : rules) {
      HttpResponse<String> answer = put("rules/wrong", wrong[0]);
      assertThat(answer.statusCode()).as(wrong[0]).isEqualTo(400);
      assertThat(answer.body()).contains("bad_rule", wrong[1]);
    }
    rule("needs", "{\"to\": [\"there\"], \"scripts\": \"none\"}");
    assertThat(asked("DELETE", "/admin/alarms/receivers/there", "", administrator).body())
        .contains("receiver_in_use", "told by the rules needs");
    assertThat(asked("DELETE", "/admin/alarms/rules/needs", "", administrator).statusCode())
        .isEqualTo(200);
    assertThat(asked("DELETE", "/admin/alarms/rules/needs", "", administrator).statusCode())
        .isEqualTo(404);
  }

  private String add(String name, String path) {
    HttpResponse<String> answer =
        put("receivers/" + name, "{\"webhook\": \"" + receiver.url(path) + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    Matcher secret = SECRET.matcher(answer.body());
    assertThat(secret.find()).isTrue();
    return secret.group(1);
  }

  private static void rule(String name, String wish) {
    HttpResponse<String> answer = put("rules/" + name, wish);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static HttpResponse<String> put(String path, String body) {
    return asked("PUT", "/admin/alarms/" + path, body, administrator);
  }

  private static String deliveries() {
    return asked("GET", "/admin/alarms/deliveries", "", administrator).body();
  }

  private static void script(String path, String line) throws IOException {
    Path file = directory.resolve("jobs").resolve(path + ".py");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "def execute(a):\n    '''\n    %s\n    '''\n".formatted(line));
    PYTHON.on(
        path,
        (call, listener, canceled) ->
            BROKEN.contains(path)
                ? new Outcome.Raised("ValueError", "on purpose", "")
                : ScriptedPython.OK);
  }

  private static String launch(String script) {
    String answer = asked("POST", "/launch_job/" + script, "{}", administrator).body();
    Matcher found = JOB.matcher(answer);
    assertThat(found.find()).as(answer).isTrue();
    return found.group(1);
  }

  private static long launched(String script) {
    return PYTHON.calls.stream().filter(call -> call.script().name().equals(script)).count();
  }

  private static String ended(String job) {
    Await.until(
        "job " + job + " ends",
        () ->
            asked("GET", "/admin/jobs/" + job, "", administrator)
                .body()
                .matches("(?s).*\"state\":\"(completed|failed|canceled)\".*"));
    return job;
  }

  private static HttpResponse<String> asked(String method, String path, String body, String token) {
    return server.send(
        method,
        server.master(path),
        body,
        "Authorization",
        "Bearer " + token,
        "Content-Type",
        "application/json");
  }
}
