package dev.headroom.console;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offsets over a list that only knows "what comes after": remembers where each page it has seen ended, so that scrolling
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

    /** @param size of a page; a slice that is one page costs one statement */
    public KeysetPages(Source<T> source, int size) {
        this.source = source;
        this.size = size;
    }

    /** So many items from the one with that number on; fewer at the end. A jump far ahead reads the pages on the way once. */
    public List<T> slice(int offset, int limit) {
        List<T> read = new ArrayList<>();
        for (int number = offset / size; number * size < offset + limit; number++) {
            List<T> page = page(number);
            read.addAll(page);
            if (page.size() < size) {
                break;
            }
        }
        return read.stream().skip(offset % size).limit(limit).toList();
    }

    private List<T> page(int number) {
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
