/**
 * Services of other farms that the settings name, asked over their interface for programs, so that
 * several farms are seen on one page.
 *
 * <p>Takes no credentials along and believes nothing of what comes back beyond numbers and texts.
 */
package com.nokia.ci.tas.service.http.neighbours;
