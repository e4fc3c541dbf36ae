/**
 * Boards and whatever else hangs on USB, as Linux lists it in files. Depends on {@code
 * ciproxy.detector} and {@code commons.launch}.
 */
package com.nokia.ci.tas.ciproxy.detector.usb;
