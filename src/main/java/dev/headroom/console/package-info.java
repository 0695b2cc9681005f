/**
 * What people of the vendor meet: sign-in, navigation, and the views of each module in a sub-package of its name.
 *
 * <p>Owns: words, formats and looks; the session's security. Does not own: any rule. Views call the same public services as the
 * GraphQL controllers, with the signed-in user as the actor, so the console and the API cannot disagree. The root knows no view:
 * views know the root.
 */
@NullMarked
package dev.headroom.console;

import org.jspecify.annotations.NullMarked;
