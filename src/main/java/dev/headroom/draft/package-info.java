/**
 * What is prepared to go on sale next.
 *
 * <p>Owns: drafts of versions of plans and add-ons, who changed which part of one and took it back, and what of it two people changed at
 * once. Does not own: what is on sale ({@code catalog}), what makes a version right and in what two of them differ ({@code sheet}), and putting
 * one on sale, which begins with {@link dev.headroom.draft.Drafts#candidate} and ends with {@link dev.headroom.draft.Drafts#published}.
 */
@NullMarked
package dev.headroom.draft;

import org.jspecify.annotations.NullMarked;
