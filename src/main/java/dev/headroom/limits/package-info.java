/**
 * From the sources of one feature to one effective limit, and from that to allowed or denied.
 *
 * <p>Owns: what limits mean, how sources merge, the decision and its reason. Pure: amounts used and instants come in, nothing is
 * counted or stored here. Does not own: which sources an account has ({@code entitlement}), what it used ({@code usage}), what
 * overage costs in total ({@code pricing.Rating.Overage}). A limit is inclusive: 10 of 10 is allowed, the eleventh is past it.
 */
@NullMarked
package dev.headroom.limits;

import org.jspecify.annotations.NullMarked;
