package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.communicator.execution.ExecutionException;
import com.nokia.ci.tas.communicator.execution.Workspace;
import com.nokia.ci.tas.communicator.node.Event;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Translates what peers say into events of the node, after checking that they may say it: tests and
 * products are the service's business, files also that of the client whose run they belong to.
 */
final class Incoming implements MessageReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
  private static final String STOPPED_BY = "stopped by ";

  private final Workshop shop;
  private final LiveRuns live;
  private final Consumer<Event> post;
  private final Consumer<ProductDescription> serviceSaid;
  private final Executor pool;
  private final Followers followers;
  private final ServiceView view;

  /**
   * @param post takes the events
   * @param serviceSaid takes what the service says of products
   * @param pool does what blocks
   */
  Incoming(
      Workshop shop,
      LiveRuns live,
      Consumer<Event> post,
      Consumer<ProductDescription> serviceSaid,
      Executor pool) {
    this.shop = shop;
    this.live = live;
    this.post = post;
    this.serviceSaid = serviceSaid;
    this.pool = pool;
    this.followers = new Followers(shop, live, pool);
    this.view = new ServiceView(shop);
  }

  @Override
  public Optional<String> admit(Peer peer) {
    return shop.access().refusal(peer);
  }

  @Override
  public void onMessage(Message message, Peer peer) {
    if (message instanceof FileOperation file) {
      if (!isBetweenNodes(file, peer)) {
        onFileOperation(file, peer);
      }
    } else if (shop.borrowing().isLender(peer)) {
      LOG.atTrace().addKeyValue("from", peer).log("a node that lends has introduced itself");
    } else if (!shop.access().isService(peer)) {
      ignore(message, peer, "it does not come from the service");
    } else if (message instanceof TestOperation test) {
      onTestOperation(test, peer);
    } else if (message instanceof ProductOperation product) {
      serviceSaid.accept(product.product());
    } else {
      ignore(message, peer, "nodes have no use for it");
    }
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    boolean isService = shop.access().isService(peer) && peer.session().isPresent();
    return shop.borrowing().onPut(put, peer, isService).orElseGet(() -> onArtifact(put, peer));
  }

  private FileAnswer onArtifact(FileOperation put, Peer peer) {
    String id = put.test().id().text();
    if (live.named(id).filter(run -> mayExchange(peer, run.order().client())).isEmpty()) {
      return FileAnswer.refuse(
          "test "
              + SafeName.shown(id)
              + " does not run here for "
              + peer.address().getAddress().getHostAddress());
    }
    return peer.session().isPresent() ? shop.awaited().onStream(put) : shop.awaited().onPut(put);
  }

  /** Another node wants an artifact of this one, or does not lend one. */
  private boolean isBetweenNodes(FileOperation file, Peer peer) {
    boolean isService = shop.access().isService(peer) && peer.session().isPresent();
    return switch (file.kind()) {
      case GET -> {
        var shown = Borrowing.shown(file).filter(it -> isService);
        shown
            .filter(it -> it.node().equals(shop.self()))
            .ifPresent(it -> shop.lending().lend(file, it));
        yield shown.isPresent();
      }
      case ABORT -> shop.borrowing().onAbort(file, peer, isService);
      case PUT -> false;
    };
  }

  private void onTestOperation(TestOperation operation, Peer peer) {
    var test = operation.test();
    switch (operation.kind()) {
      case START -> {
        var order =
            peer.session().isPresent()
                ? RunOrder.overSession(test, operation.sender())
                : new RunOrder(test, operation.sender());
        post.accept(new Event.StartAsked(shop.now(), order));
      }
      case STOP -> stop(operation, peer);
      case UPDATE -> {
        if (test.progress().status() == TestStatus.STOPPED) {
          stop(operation, peer);
        } else {
          ignore(operation, peer, "nodes have no use for it");
        }
      }
      case CHECK -> {
        if (!followers.told(operation)) {
          ignore(operation, peer, "nodes have no use for it");
        }
      }
    }
  }

  private void stop(TestOperation operation, Peer peer) {
    var progress = operation.test().progress();
    String by =
        progress.details().startsWith(STOPPED_BY)
            ? progress.details().substring(STOPPED_BY.length())
            : operation.sender().isDialable() ? operation.sender().toString() : peer.toString();
    post.accept(
        new Event.StopAsked(
            shop.now(), operation.test().id(), progress.attempt(), SafeName.shown(by)));
  }

  private void onFileOperation(FileOperation operation, Peer peer) {
    var run = live.named(operation.test().id().text());
    switch (operation.kind()) {
      case GET ->
          pool.execute(
              () -> {
                if (view.isMeant(operation, peer)) {
                  view.answer(operation, peer);
                } else {
                  answerGet(operation, peer, run);
                }
              });
      case ABORT -> {
        if (run.filter(it -> mayExchange(peer, it.order().client())).isPresent()) {
          shop.awaited().onAbort(operation);
        } else {
          ignore(operation, peer, "it is about no run of this peer");
        }
      }
      case PUT -> ignore(operation, peer, "it came without its file");
    }
  }

  /** With the file from the workspace or the kept results, or with an abort. */
  private void answerGet(FileOperation get, Peer peer, Optional<LiveRun> run) {
    if (!get.sender().isDialable()) {
      ignore(get, peer, "it names no address to answer");
      return;
    }
    var file =
        run.filter(it -> mayExchange(peer, it.order().client()))
            .flatMap(LiveRun::existingWorkspace)
            .flatMap(workspace -> existingFile(workspace, get.file().name()))
            .or(() -> keptFile(get, peer));
    var answer =
        new FileOperation(
            shop.self(),
            get.sender(),
            file.isPresent() ? FileOperation.Kind.PUT : FileOperation.Kind.ABORT,
            TestDescription.named(get.test().id()),
            FileReference.named(get.file().name()));
    CompletableFuture<?> sending =
        file.isPresent()
            ? shop.clients()
                .answering(get.sender(), peer)
                .sendFile(answer, FileSource.of(file.get()))
            : shop.clients().answering(get.sender(), peer).send(answer);
    var unused =
        sending.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.atWarn()
                    .addKeyValue("to", get.sender())
                    .addKeyValue("error", failure.getMessage())
                    .log("a file that was asked for could not be delivered");
              }
            });
  }

  private Optional<Path> keptFile(FileOperation get, Peer peer) {
    return shop.kept().find(get.test().id(), get.file().name(), order -> isFor(order, get, peer));
  }

  /**
   * What the service passes on has its author as sender; one that has another address by now shows
   * what it calls its test.
   */
  private boolean isFor(RunOrder order, FileOperation get, Peer peer) {
    boolean isItself =
        get.sender().equals(order.client())
            || order.test().origin().isSameSubmission(get.test().origin());
    return mayExchange(peer, order.client()) && (peer.session().isEmpty() || isItself);
  }

  private static Optional<Path> existingFile(Workspace workspace, String name) {
    try {
      return workspace.existingFile("file", name);
    } catch (ExecutionException e) {
      LOG.atWarn().addKeyValue("error", e.getMessage()).log("a file was asked for that cannot be");
      return Optional.empty();
    }
  }

  private boolean mayExchange(Peer peer, Endpoint client) {
    return shop.access().mayExchange(peer, client) || shop.clients().isDirectly(peer, client);
  }

  private static void ignore(Message message, Peer peer, String why) {
    LOG.atWarn()
        .addKeyValue("from", peer)
        .addKeyValue("message", message.getClass().getSimpleName())
        .addKeyValue("error", why)
        .log("a message was ignored");
  }
}
