/** What an account bought, uses, and could have, on one printed page for talking with it. */
@NullMarked
package dev.headroom.console.review;

import org.jspecify.annotations.NullMarked;
