package dev.headroom.console;

import dev.headroom.console.PaletteSource.Choice;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Service;

/** What the palette offers for a few typed letters: first what begins like them, and of that in the order in which the sources are asked. */
@Service
class PaletteSearch {

    private static final int MOST = 40;

    private final SignedIn signedIn;
    private final List<PaletteSource> sources;

    PaletteSearch(SignedIn signedIn, List<PaletteSource> sources) {
        this.signedIn = signedIn;
        this.sources = List.copyOf(sources);
    }

    List<Choice> find(String typed) {
        String needle = typed.strip().toLowerCase(Locale.ROOT);
        return sources.stream()
                .flatMap(source -> source.find(signedIn, needle))
                .sorted(Comparator.comparing(choice -> !choice.begins(needle)))
                .limit(MOST)
                .toList();
    }
}
