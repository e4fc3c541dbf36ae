import com.nokia.ci.tas.client.TestAutomationClient;
import com.nokia.ci.tas.commons.Constant;
import com.nokia.ci.tas.commons.Product;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.TestAutomationServiceListener;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Written as the guide says, years ago. */
public class OldPlugIn implements TestAutomationServiceListener {
  private static final CountDownLatch HEARD = new CountDownLatch(1);
  private static final CountDownLatch ENDED = new CountDownLatch(1);

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    TestAutomationClient client = new TestAutomationClient(System.out);
    Test test =
        new Test(
            "old_plug_in",
            Test.ProductReleasingMode.AUTOMATICALLY_RELEASE_RESERVED_PRODUCTS,
            Test.Target.FLASH);
    test.setWorkspacePath(".");
    test.setTimeout(24 * Constant.ONE_HOUR);
    test.setProductDisconnectionTimeout(Constant.THIRTY_SECONDS);
    test.setExecutorApplication("ipy");
    test.setExecutorScript("execute.py");
    test.addArtifact("execute.py");
    test.setResultsFilename("results.zip");
    Product product = new Product();
    product.setRMCode("NOBODY-HAS-IT");
    product.setRole(Product.Role.MAIN);
    test.addRequiredProduct(product);
    OldPlugIn listener = new OldPlugIn();
    client.startTest(test, "localhost", port, listener);
    HEARD.await(60, TimeUnit.SECONDS);
    client.stopTest(test, "localhost", port, listener);
    ENDED.await(60, TimeUnit.SECONDS);
    System.out.println("products: " + test.getRequiredProducts().size());
    System.exit(0);
  }

  @Override
  public void testStarted(Test test) {
    System.out.println("started");
  }

  @Override
  public void testFinished(Test test) {
    System.out.println("finished");
  }

  @Override
  public void testFailed(Test test, String reason) {
    System.out.println("failed: " + test.getStatus().toString().toLowerCase());
    ENDED.countDown();
  }

  @Override
  public void messageFromTestAutomationService(Test test, String message) {
    System.out.println("message of " + test.getId());
    HEARD.countDown();
  }

  @Override
  public InputStream readFile(String directoryPath, String fileName) {
    return null;
  }

  @Override
  public OutputStream createFile(String directoryPath, String fileName) {
    return null;
  }
}
