/**
 * In the course of what something happens: one request, one click, one event of Stripe's, one run of a job.
 *
 * <p>Owns: its number, where it came from and why, for as long as it lasts and for whoever is asked meanwhile. Does not own: who acts, which is
 * {@code actor}, and what is written down of it, which is {@code audit}.
 */
@NullMarked
package dev.headroom.occasion;

import org.jspecify.annotations.NullMarked;
