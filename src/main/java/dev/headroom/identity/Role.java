package dev.headroom.identity;

import dev.headroom.actor.Permission;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What a console user may do; somebody with several may do all that any of them allows. */
public enum Role {
    /** Looks, and asks what things would cost. */
    VIEWER(Permission.READ, Permission.QUOTE),
    /** Prepares what is sold, and puts nothing on sale. */
    PRICING_EDITOR(Permission.READ, Permission.QUOTE, Permission.CATALOG),
    /** Puts on sale what was prepared, and mends it on the way. */
    PUBLISHER(Permission.READ, Permission.QUOTE, Permission.CATALOG, Permission.PUBLISH),
    /** Looks after customers, and decides about what is not sold without approval. */
    APPROVER(Permission.READ, Permission.QUOTE, Permission.ACCOUNTS, Permission.CHANGE, Permission.APPROVE),
    /** Collects what is owed, changes what is paid for and sees what it brings; neither the catalogue nor who is in an account. */
    FINANCE(Permission.READ, Permission.QUOTE, Permission.CHANGE, Permission.REVENUE),
    /** Everything. */
    OWNER(Permission.values());

    private final Set<Permission> permissions;

    Role(Permission... permissions) {
        this.permissions = Set.of(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** All that any of them allows. */
    public static Set<Permission> permissions(Collection<Role> roles) {
        Set<Permission> all = EnumSet.noneOf(Permission.class);
        roles.forEach(role -> all.addAll(role.permissions));
        return all;
    }
}
