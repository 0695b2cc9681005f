package dev.headroom.entitlement;

import dev.headroom.account.Account;
import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.Feature;
import dev.headroom.catalog.FeatureKind;
import dev.headroom.error.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class EntitlementController {

    private static final int MOST_FEATURES = 100;

    private final Accounts accounts;
    private final Entitlements entitlements;

    EntitlementController(Accounts accounts, Entitlements entitlements) {
        this.accounts = accounts;
        this.entitlements = entitlements;
    }

    @QueryMapping
    Entitlement entitlement(
            @Argument @Nullable String account, @Argument String feature, @Argument long requested, @Argument @Nullable String consistencyToken,
            @ContextValue Actor actor) {
        return entitlements.check(actor, accounts.meant(actor, account).id(), List.of(feature), requested, consistencyToken).getFirst();
    }

    @SchemaMapping(typeName = "Account")
    List<Entitlement> entitlements(
            Account account, @Argument @Nullable List<String> features, @Argument long requested, @Argument @Nullable String consistencyToken,
            @ContextValue Actor actor) {
        if (features != null) {
            Check.between("features", features.size(), 1, MOST_FEATURES);
        }
        return entitlements.check(actor, account.id(), features, requested, consistencyToken);
    }

    @SchemaMapping(typeName = "Account")
    String consistencyToken(Account account, @ContextValue Actor actor) {
        return entitlements.consistencyToken(actor, account.id());
    }

    @SchemaMapping(typeName = "Account")
    List<Meter> meters(Account account, @ContextValue Actor actor) {
        return entitlements.check(actor, account.id(), null, 0).stream()
                .filter(entitlement -> counted(entitlement.feature()) && entitlement.granted())
                .map(Meter::of)
                .toList();
    }

    private static boolean counted(Feature feature) {
        return feature.kind() == FeatureKind.METER || feature.kind() == FeatureKind.ALLOWANCE;
    }
}
