/**
 * A plan or add-on as somebody writes it down, where everything may be missing or wrong.
 *
 * <p>Owns: the words of an editor ({@link dev.headroom.sheet.PlanSheet}), the one set of rules that says what is wrong with them
 * ({@link dev.headroom.sheet.SheetRules}), and in what two of them differ ({@link dev.headroom.sheet.VersionDiff}). Does not own: what is
 * sold ({@code catalog}), and who is writing what ({@code draft}). Pure.
 */
@NullMarked
package dev.headroom.sheet;

import org.jspecify.annotations.NullMarked;
