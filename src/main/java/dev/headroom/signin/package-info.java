/**
 * How people come into the console, and stay in it.
 *
 * <p>Owns: links that invite somebody or let somebody choose a new password, tries to sign in and the waiting that wrong ones bring, and
 * sessions. Does not own: people, their roles and passwords, which are {@code identity}'s; cookies and pages, which are
 * {@code console}'s. Nothing here tells whether somebody exists to whoever cannot know it already.
 */
@NullMarked
package dev.headroom.signin;

import org.jspecify.annotations.NullMarked;
