/** The catalogue as buyers and admins meet it: plans, their versions, and what tells them apart. */
@NullMarked
package dev.headroom.console.catalog;

import org.jspecify.annotations.NullMarked;
