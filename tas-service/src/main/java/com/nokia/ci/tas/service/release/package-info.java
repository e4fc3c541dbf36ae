/** Which releases of its peers this service works with. Uses {@code commons.model} only. */
package com.nokia.ci.tas.service.release;
