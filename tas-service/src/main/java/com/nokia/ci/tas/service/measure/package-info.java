/** Counts of how long things take, for the metrics. Depends on Java alone. */
package com.nokia.ci.tas.service.measure;
