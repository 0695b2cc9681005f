package dev.headroom.console;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.WebStorage;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Light, dark, or as the system has it; remembered by the browser, for it depends on the screen and not on the user. */
enum Appearance {
    SYSTEM(ColorScheme.Value.SYSTEM),
    LIGHT(ColorScheme.Value.LIGHT),
    DARK(ColorScheme.Value.DARK);

    private static final String REMEMBERED = "headroom.appearance";

    /** Runs in the head of the page, so that a dark console never flashes white. */
    static final String BEFORE_PAINT = """
            const remembered = localStorage.getItem('%s');
            if (remembered === 'LIGHT' || remembered === 'DARK') {
              document.documentElement.style.colorScheme = remembered.toLowerCase();
            }""".formatted(REMEMBERED);

    private final ColorScheme.Value scheme;

    Appearance(ColorScheme.Value scheme) {
        this.scheme = scheme;
    }

    ColorScheme.Value scheme() {
        return scheme;
    }

    void choose(UI ui) {
        ui.getPage().setColorScheme(scheme);
        WebStorage.setItem(ui, WebStorage.Storage.LOCAL_STORAGE, REMEMBERED, name());
    }

    /** Tells what this browser remembers, once it has answered. */
    static void recall(UI ui, Consumer<Appearance> then) {
        WebStorage.getItem(ui, WebStorage.Storage.LOCAL_STORAGE, REMEMBERED, value -> then.accept(named(value).orElse(SYSTEM)));
    }

    private static Optional<Appearance> named(@Nullable String value) {
        return Arrays.stream(values()).filter(each -> Objects.equals(each.name(), value)).findFirst();
    }
}
