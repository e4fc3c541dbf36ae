package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.audit.AuditLog;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Holder;
import com.nokia.ci.tas.service.farm.FarmSnapshot.ProductView;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import com.nokia.ci.tas.service.http.api.Operation;
import com.nokia.ci.tas.service.http.view.Address;
import com.nokia.ci.tas.service.json.FarmJson;
import java.util.Optional;

/** What people have done on the farm: a test stopped, a product freed. */
final class OrderDesk {
  private static final String STOP = "stop test";
  private static final String RELEASE = "free product";

  private final FarmSource source;
  private final Witness witness;
  private final FarmOrders orders;
  private final Pages pages;

  OrderDesk(FarmSource source, AuditLog audit, FarmOrders orders, Pages pages) {
    this.source = source;
    this.witness = new Witness(audit);
    this.orders = orders;
    this.pages = pages;
  }

  void addTo(Router router) {
    router
        .serve(Operation.STOP, (request, id) -> stop(request, new TestId(id)))
        .serve(Operation.FREE, (request, imei) -> free(request, new ProductId(imei)));
  }

  private Answer stop(Request request, TestId id) {
    FarmSnapshot farm = VisibleFarm.of(source.farm(), request.visitor());
    Optional<TestDescription> test =
        farm.running(id).map(RunningTest::test).or(() -> farm.waiting(id).map(WaitingTest::test));
    if (test.isEmpty()) {
      return farm.ended(id).isPresent()
          ? refused(request, 409, "The test has ended already.")
          : refused(request, 404, "There is no such test.");
    }
    if (!request.visitor().maySteer(test.get())) {
      return refused(request, 403, witness.forbidden(request, STOP, test.get()));
    }
    orders.stop(id, request.visitor().name(), Wording.of(request).reason());
    witness.done(request, STOP, id.value());
    return request.isForPrograms()
        ? Site.json(FarmJson.object().put("id", id.value()).put("stopping", true)).with(202)
        : Answer.seeOther(Address.ofTest(id.value()));
  }

  private Answer free(Request request, ProductId imei) {
    var product = source.farm().product(imei);
    if (product.isEmpty()) {
      return refused(request, 404, "There is no such product.");
    }
    if (!request.visitor().mayOperate()) {
      witness.refused(request, RELEASE, imei.imei(), "it takes more rights");
      return refused(request, 403, "Freeing a product takes the role operate on the farm.");
    }
    String why = Wording.of(request).reason();
    if (why.isEmpty()) {
      return refused(request, 400, "Give a reason: {\"reason\": \"…\"}");
    }
    var hold = product.flatMap(ProductView::holder).map(Holder::hold);
    if (hold.isEmpty() && product.get().health().taken().isEmpty()) {
      return refused(request, 409, "The product is free.");
    }
    if (hold.filter(it -> it == Holder.Hold.ENDING).isPresent()) {
      return refused(
          request, 409, "The run that uses the product ends; the product is free when it has.");
    }
    orders.release(imei, request.visitor().name(), why);
    witness.done(request, RELEASE, imei.imei() + ": " + why);
    return Site.json(FarmJson.object().put("imei", imei.imei()).put("freeing", true)).with(202);
  }

  private Answer refused(Request request, int status, String sentence) {
    return request.isForPrograms()
        ? Answer.problem(status, sentence)
        : pages.message(request, status, "This is not done", sentence);
  }
}
