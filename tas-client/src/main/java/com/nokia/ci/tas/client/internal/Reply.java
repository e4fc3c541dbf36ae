package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.TestDescription;

/**
 * An answer about a file, to whoever has asked for it or sent it.
 *
 * @param to whom it is sent
 * @param us as whom it is said
 * @param about what it answers; names test and file, and in its sender whom the answer is for
 */
record Reply(Endpoint to, Endpoint us, FileOperation about) {
  FileOperation as(FileOperation.Kind kind) {
    return new FileOperation(
        us,
        about.sender(),
        kind,
        TestDescription.named(about.test().id()),
        FileReference.named(about.file().name()));
  }
}
