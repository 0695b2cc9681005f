/**
 * Which offers an account may take, and with what: a change of something that it has, or the start of something that it has not.
 *
 * <p>Owns nothing that is stored. Does not own: offers and who took them ({@code catalog}), what one is for where something is changed ({@code quote})
 * or begun ({@code start}), and the taking ({@code change}).
 */
@NullMarked
package dev.headroom.eligibility;

import org.jspecify.annotations.NullMarked;
