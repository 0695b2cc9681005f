package dev.headroom.console.draft;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasHelper;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.shared.HasValidationProperties;
import dev.headroom.console.Sentences;
import dev.headroom.draft.DraftEdit;
import dev.headroom.sheet.Finding;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The fields of a draft by the paths under which findings name them, and where what is typed into them goes. */
final class Fields {

    private final Consumer<DraftEdit> edits;
    private final Map<String, Component> named = new LinkedHashMap<>();
    private final Map<Component, String> hints = new HashMap<>();
    private boolean showing;

    Fields(Consumer<DraftEdit> edits) {
        this.edits = edits;
    }

    /** Puts what is stored into the fields, which is nobody's edit. */
    void show(Runnable stored) {
        showing = true;
        try {
            stored.run();
        } finally {
            showing = false;
        }
    }

    /** Saves a part as soon as that field of it was changed; not while anything in it cannot be read. */
    <V> void saves(HasValue<?, V> field, Supplier<Optional<DraftEdit>> part) {
        field.addValueChangeListener(change -> save(part));
    }

    void save(Supplier<Optional<DraftEdit>> part) {
        if (!showing) {
            part.get().ifPresent(edits);
        }
    }

    /** Where there is none for a path, the one of what surrounds it is meant. */
    void name(String path, Component field) {
        named.put(path, field);
        if (field instanceof HasHelper helped) {
            hints.putIfAbsent(field, Objects.requireNonNullElse(helped.getHelperText(), ""));
        }
    }

    /** Forgets what is not there any more. */
    void forget(String path) {
        named.entrySet().removeIf(each -> each.getKey().startsWith(path));
        hints.keySet().retainAll(named.values());
    }

    /** Says what is wrong beside the fields: what blocks as an error, what does not as a hint. */
    void mark(List<Finding> findings) {
        Map<Component, List<Finding>> found = findings.stream().filter(each -> of(each.path()).isPresent())
                .collect(Collectors.groupingBy(each -> of(each.path()).orElseThrow()));
        named.values().stream().distinct().forEach(field -> mark(field, found.getOrDefault(field, List.of())));
    }

    private void mark(Component field, List<Finding> found) {
        if (field instanceof Typed typed && typed.unreadable()) {
            return;
        }
        String errors = said(found, true);
        if (field instanceof HasValidationProperties validated) {
            validated.setErrorMessage(errors);
            validated.setInvalid(!errors.isEmpty());
        }
        if (field instanceof HasHelper helped) {
            String warnings = said(found, false);
            helped.setHelperText(warnings.isEmpty() ? hints.getOrDefault(field, "") : warnings);
        }
    }

    private static String said(List<Finding> found, boolean blocking) {
        return found.stream().filter(each -> each.blocks() == blocking).map(Finding::message).map(Sentences::of).distinct().collect(Collectors.joining(". "));
    }

    /** Leads to the field that a finding is about; false where there is none. */
    boolean focus(String path) {
        Optional<Component> field = of(path);
        field.ifPresent(Fields::focus);
        return field.isPresent();
    }

    private static void focus(Component field) {
        field.scrollIntoView();
        if (field instanceof Focusable<?> focusable) {
            focusable.focus();
        }
    }

    Optional<Component> of(String path) {
        Component field = named.get(path);
        if (field != null) {
            return Optional.of(field);
        }
        int end = Math.max(path.lastIndexOf('.'), path.endsWith("]") ? path.lastIndexOf('[') : -1);
        return end < 0 ? Optional.empty() : of(path.substring(0, end));
    }
}
