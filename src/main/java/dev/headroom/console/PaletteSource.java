package dev.headroom.console;

import java.util.Locale;
import java.util.stream.Stream;

/** Somebody who knows things that the palette can lead to, or acts that it can begin; of these only what whoever is signed in may do. */
public interface PaletteSource {

    /** @param needle what was typed, in small letters; empty where nothing was */
    Stream<Choice> find(SignedIn signedIn, String needle);

    /**
     * Something that can be chosen.
     *
     * @param kind   what it is, in a word
     * @param detail by what else it may be found
     */
    record Choice(String kind, String name, String detail, Runnable act) {

        public boolean matches(String needle) {
            return (name + " " + detail).toLowerCase(Locale.ROOT).contains(needle);
        }

        boolean begins(String needle) {
            return name.toLowerCase(Locale.ROOT).startsWith(needle) || detail.toLowerCase(Locale.ROOT).startsWith(needle);
        }
    }
}
