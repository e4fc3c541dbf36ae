/**
 * The required-products expression (guide, "Required products expression"): from text or from an
 * explicit list of products to a {@link com.nokia.ci.tas.commons.model.Requirement}.
 *
 * <p>Depends on {@code java.*} and {@code commons.model}. Written by hand, one pass, no regular
 * expressions: what comes from the wire costs time and memory in proportion to its length.
 */
package com.nokia.ci.tas.commons.expression;
