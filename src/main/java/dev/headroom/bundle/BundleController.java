package dev.headroom.bundle;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundle.Member;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Product;
import java.util.List;
import java.util.Optional;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

@Controller
class BundleController {

    private static final int MOST_SHOWN = 200;

    private final Bundles bundles;
    private final Catalog catalog;

    BundleController(Bundles bundles, Catalog catalog) {
        this.bundles = bundles;
        this.catalog = catalog;
    }

    @QueryMapping
    List<Bundle> bundles(@ContextValue Actor actor) {
        actor.require(Permission.READ);
        return bundles.open().stream().limit(MOST_SHOWN).toList();
    }

    @QueryMapping
    Optional<Bundle> bundle(@Argument String key, @ContextValue Actor actor) {
        actor.require(Permission.READ);
        return bundles.all().stream().filter(bundle -> bundle.key().equals(key)).findFirst();
    }

    @SchemaMapping(typeName = "Bundle")
    String percentOff(Bundle bundle) {
        return bundle.off().percent().toPlainString();
    }

    @SchemaMapping(typeName = "BundleMember")
    Product product(Member member) {
        return catalog.snapshot().product(member.product());
    }

    @SchemaMapping(typeName = "BundleMember")
    Optional<Plan> addOn(Member member) {
        return catalog.snapshot().addOns().stream().filter(plan -> plan.id().equals(member.addOn())).findFirst();
    }
}
