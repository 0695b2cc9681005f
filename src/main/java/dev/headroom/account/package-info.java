/**
 * The vendor's customers and their people.
 *
 * <p>Owns: accounts, found by the vendor's own key or by our id; members; the payment methods saved for an account, as far as they
 * may be shown. Does not own: what an account bought ({@code subscription}), who holds a seat (there too), cards (Stripe).
 */
@NullMarked
package dev.headroom.account;

import org.jspecify.annotations.NullMarked;
