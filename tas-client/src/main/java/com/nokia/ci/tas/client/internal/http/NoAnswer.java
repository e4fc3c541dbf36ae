package com.nokia.ci.tas.client.internal.http;

import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** Why a service has not answered over HTTP, in words for whoever asked. */
public final class NoAnswer {
  private NoAnswer() {}

  /** What a failure of an exchange means. */
  public static String sentence(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause.getCause() instanceof UnresolvedAddressException) {
      return "its host is not known; correct the name";
    }
    if (cause instanceof HttpTimeoutException) {
      return "it takes too long";
    }
    if (cause instanceof ConnectException) {
      return "nothing listens there; see whether it runs, and whether that is its address";
    }
    return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }
}
