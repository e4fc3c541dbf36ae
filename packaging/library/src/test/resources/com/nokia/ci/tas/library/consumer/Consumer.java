import com.nokia.ci.tas.client.TasClient;
import com.nokia.ci.tas.client.TestEvent;
import com.nokia.ci.tas.client.TestRequest;
import com.nokia.ci.tas.client.TestRun;
import io.netty.channel.Channel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A plug-in that has a Netty of its own. */
public final class Consumer {
  public static void main(String[] arguments) throws Exception {
    System.out.println("own netty: " + Channel.version());
    CountDownLatch queued = new CountDownLatch(1);
    try (TasClient client = TasClient.connect(arguments[0])) {
      TestRequest request =
          TestRequest.named("consumer")
              .require("(rm-code:NOBODY-HAS-IT;)")
              .executor("sh", "execute.sh")
              .build();
      TestRun run =
          client.start(
              request,
              event -> {
                if (event instanceof TestEvent.Queued) {
                  System.out.println("Queued");
                  queued.countDown();
                }
              });
      queued.await(60, TimeUnit.SECONDS);
      run.cancel();
      System.out.println(run.result().get(60, TimeUnit.SECONDS).status());
    }
  }
}
