/** A distribution of one's own: how to write one, and how it is packed (docs/distributions.md). */
package com.nokia.ci.tas.samples.distribution;
