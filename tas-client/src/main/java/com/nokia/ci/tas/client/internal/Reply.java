package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestOrigin;

/**
 * An answer about a file, to whoever has asked for it or sent it.
 *
 * @param to whom it is sent
 * @param us as whom it is said
 * @param about what it answers; names test and file, and in its sender whom the answer is for
 */
record Reply(Endpoint to, Endpoint us, FileOperation about) {
  FileOperation as(FileOperation.Kind kind) {
    return as(kind, TestOrigin.UNKNOWN);
  }

  /** The same from whoever issued the test, under whatever address it did. */
  FileOperation as(FileOperation.Kind kind, TestOrigin issued) {
    var test = TestDescription.named(about.test().id());
    return new FileOperation(
        us,
        about.sender(),
        kind,
        test.with(test.origin().submittedAs(issued.submission())),
        FileReference.named(about.file().name()));
  }
}
