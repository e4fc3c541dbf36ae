package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.farm.Effect.Remark.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One event being worked in: a copy of the books, the time, the effects so far, and the rules that
 * work on them. Thrown away when a rule throws.
 */
final class Turn {
  final Books books;
  final Instant now;
  final List<Effect> effects = new ArrayList<>();
  final Scheduler scheduler;
  final Reports reports;
  final Runs runs;
  final Tests tests;
  final Bonds bonds;
  final TestOrders orders;
  final Parts parts;
  final Nodes nodes;
  final Products products;
  final Reconciliation reconciliation;
  final Clients clients;
  final Recovery recovery;
  final Care care;
  final Blame blame;

  Turn(Books before, Instant at) {
    books = new Books(before);
    now = at;
    var hopes = new Hopes(books, at);
    runs = new Runs(this);
    scheduler = new Scheduler(books, hopes, runs::start);
    reports = new Reports(this);
    tests = new Tests(this);
    bonds = new Bonds(this);
    orders = new TestOrders(this);
    parts = new Parts(this);
    nodes = new Nodes(this);
    products = new Products(this);
    reconciliation = new Reconciliation(this);
    clients = new Clients(this);
    recovery = new Recovery(this);
    care = new Care(this);
    blame = new Blame(this);
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  void remark(Severity severity, String sentence) {
    effects.add(new Effect.Remark(severity, sentence));
  }
}
