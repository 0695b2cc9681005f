package dev.headroom.console;

import com.vaadin.flow.component.icon.VaadinIcon;

/** The pages one can go to from anywhere: by navigation, palette or keys. Paths, so that the root need not know the views. */
enum Place {
    PLANS("plans", 'p', Group.SELL, VaadinIcon.TAGS),
    ACCOUNTS("accounts", 'a', Group.CUSTOMERS, VaadinIcon.BUILDING_O);

    /** What the navigation is divided into. */
    enum Group {
        SELL,
        CUSTOMERS
    }

    private final String path;
    private final char key;
    private final Group group;
    private final VaadinIcon icon;

    Place(String path, char key, Group group, VaadinIcon icon) {
        this.path = path;
        this.key = key;
        this.group = group;
        this.icon = icon;
    }

    String path() {
        return path;
    }

    /** Pressed after {@code g}. */
    char key() {
        return key;
    }

    Group group() {
        return group;
    }

    VaadinIcon icon() {
        return icon;
    }
}
