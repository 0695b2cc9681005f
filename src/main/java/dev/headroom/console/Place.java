package dev.headroom.console;

import com.vaadin.flow.component.icon.VaadinIcon;
import dev.headroom.actor.Permission;
import java.util.Arrays;
import java.util.List;

/** The pages one can go to from anywhere: by navigation, palette or keys. Paths, so that the root need not know the views. */
enum Place {
    OVERVIEW("overview", 'i', Group.BEGIN, VaadinIcon.HOME_O, Permission.READ),
    PLANS("plans", 'p', Group.SELL, VaadinIcon.TAGS, Permission.READ),
    FEATURES("features", 'y', Group.SELL, VaadinIcon.LIST_SELECT, Permission.READ),
    ADD_ONS("add-ons", 'o', Group.SELL, VaadinIcon.PLUS_CIRCLE_O, Permission.READ),
    DRAFTS("drafts", 'w', Group.SELL, VaadinIcon.EDIT, Permission.CATALOG),
    OFFERS("offers", 'f', Group.SELL, VaadinIcon.GIFT, Permission.READ),
    BUNDLES("bundles", 'b', Group.SELL, VaadinIcon.PACKAGE, Permission.READ),
    TRANSITIONS("transitions", 't', Group.SELL, VaadinIcon.EXCHANGE, Permission.READ),
    VALUE("value", 'v', Group.SELL, VaadinIcon.PIGGY_BANK_COIN, Permission.READ),
    RULES("rules", 'r', Group.SELL, VaadinIcon.UNLOCK, Permission.READ),
    ACCOUNTS("accounts", 'a', Group.CUSTOMERS, VaadinIcon.BUILDING_O, Permission.READ),
    LIMITS("usage", 'l', Group.CUSTOMERS, VaadinIcon.DASHBOARD, Permission.READ),
    EVENTS("events", 'e', Group.CUSTOMERS, VaadinIcon.LIST, Permission.READ),
    APPROVALS("approvals", 'd', Group.CUSTOMERS, VaadinIcon.CHECK_SQUARE_O, Permission.READ),
    REVENUE("revenue", 'n', Group.BUSINESS, VaadinIcon.CHART_LINE, Permission.REVENUE),
    ROLLOUTS("rollouts", 'm', Group.BUSINESS, VaadinIcon.ROCKET, Permission.CATALOG),
    AUDIT("audit", 'h', Group.BUSINESS, VaadinIcon.TIME_BACKWARD, Permission.READ),
    PUBLISHING("publishing", 'z', Group.BUSINESS, VaadinIcon.SCALE, Permission.READ),
    STRIPE("stripe", 's', Group.CONNECTIONS, VaadinIcon.CONNECT_O, Permission.ADMIN),
    WEBHOOKS("endpoints", 'x', Group.CONNECTIONS, VaadinIcon.PAPERPLANE_O, Permission.ADMIN),
    KEYS("keys", 'k', Group.ACCESS, VaadinIcon.KEY_O, Permission.ADMIN),
    PEOPLE("people", 'u', Group.ACCESS, VaadinIcon.USERS, Permission.ADMIN);

    /** What the navigation is divided into. */
    enum Group {
        BEGIN,
        SELL,
        CUSTOMERS,
        BUSINESS,
        CONNECTIONS,
        ACCESS
    }

    private final String path;
    private final char key;
    private final Group group;
    private final VaadinIcon icon;
    private final Permission needed;

    Place(String path, char key, Group group, VaadinIcon icon, Permission needed) {
        this.path = path;
        this.key = key;
        this.group = group;
        this.icon = icon;
        this.needed = needed;
    }

    /** Those that somebody may see. */
    static List<Place> of(SignedIn signedIn) {
        return Arrays.stream(values()).filter(place -> signedIn.may(place.needed)).toList();
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
