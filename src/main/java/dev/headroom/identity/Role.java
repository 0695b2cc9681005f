package dev.headroom.identity;

import dev.headroom.actor.Permission;
import java.util.Set;

/** What a console user may do. */
public enum Role {
    VIEWER(Permission.READ, Permission.QUOTE),
    PRICING_ADMIN(Permission.READ, Permission.QUOTE, Permission.CATALOG, Permission.PUBLISH),
    APPROVER(Permission.READ, Permission.QUOTE, Permission.ACCOUNTS, Permission.CHANGE, Permission.APPROVE),
    OWNER(Permission.values());

    private final Set<Permission> permissions;

    Role(Permission... permissions) {
        this.permissions = Set.of(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }
}
