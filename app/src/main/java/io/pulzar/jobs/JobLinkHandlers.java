package io.pulzar.jobs;

import io.pulzar.link.LinkHandlers;
import io.pulzar.link.LinkServer;

/** Answers what nodes ask about jobs. */
final class JobLinkHandlers implements LinkHandlers {

  private final Dispatcher dispatcher;
  private final ScriptedJobs scripted;
  private final JobTraces traces;

  JobLinkHandlers(Dispatcher dispatcher, ScriptedJobs scripted, JobTraces traces) {
    this.dispatcher = dispatcher;
    this.scripted = scripted;
    this.traces = traces;
  }

  @Override
  public void register(LinkServer server) {
    server.on(JobOperations.TAKE, question -> dispatcher.take(question.lessee()));
    server.on(JobOperations.HOLD, dispatcher::hold);
    server.on(JobOperations.WRITE, dispatcher::write);
    server.on(JobOperations.FINISH, end -> traces.during(end, dispatcher::finish));
    server.on(JobOperations.LAUNCH, scripted::launch);
    server.on(JobOperations.SCRIPT, scripted::script);
    server.on(JobOperations.AWAIT, scripted::await);
    server.on(JobOperations.CANCEL, scripted::cancel);
  }
}
