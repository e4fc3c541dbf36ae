package com.nokia.ci.tas.commons.message;

/**
 * What a receiver does with each type of message: {@link Message#giveTo} finds the method, so that
 * a type that is added cannot be forgotten.
 */
public interface MessageHandler {
  void on(TestOperation message);

  void on(ProductOperation message);

  void on(FileOperation message);

  void on(RegistryOperation message);

  void on(TextMessage message);
}
