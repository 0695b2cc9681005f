/**
 * What is not sold without somebody's say: which changes need it, who asked for it, what was decided, and what was agreed.
 *
 * <p>Owns: the rules, the requests with what was shown to whoever asked, and the decisions. Does not own: prices and quotes ({@code quote}),
 * the discount that was agreed, which is an offer to one account ({@code catalog}), or carrying out what was agreed ({@code change}).
 * Derived: whether a quote needs approval and has one, from its terms alone; nothing of it stands in a quote's token. That a request has
 * expired is told by its time and not written.
 */
@NullMarked
package dev.headroom.approval;

import org.jspecify.annotations.NullMarked;
