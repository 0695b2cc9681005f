package dev.headroom.console;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page numbers over a list that only knows "what comes after": remembers where each page it has seen ended, so that scrolling
 * on or back costs one statement however far down it is, and a count is never needed.
 */
public final class KeysetPages<T> {

    /** Reads what follows an item; nothing before the first. */
    public interface Source<T> {
        List<T> after(@Nullable T last, int size);
    }

    private final Source<T> source;
    private final int size;
    private final List<T> lasts = new ArrayList<>();

    public KeysetPages(Source<T> source, int size) {
        this.source = source;
        this.size = size;
    }

    /** A page by its number from 0; empty past the end. A jump far ahead reads the pages on the way once. */
    public List<T> page(int number) {
        while (lasts.size() < number) {
            if (read(lasts.size()).size() < size) {
                return List.of();
            }
        }
        return read(number);
    }

    private List<T> read(int number) {
        List<T> page = source.after(number == 0 ? null : lasts.get(number - 1), size);
        if (number == lasts.size() && page.size() == size) {
            lasts.add(page.getLast());
        }
        return page;
    }
}
