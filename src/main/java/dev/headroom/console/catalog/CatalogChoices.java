package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.actor.Permission;
import dev.headroom.bundle.Bundles;
import dev.headroom.catalog.Catalog;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.PaletteSource;
import dev.headroom.console.SignedIn;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Drafts;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What is sold and what is being prepared, by name, key or id, and the ways to prepare more; all but the drafts from memory. */
@Component
@Order(2)
class CatalogChoices implements PaletteSource {

    private static final int MOST_DRAFTS = 50;

    private final Catalog catalog;
    private final Bundles bundles;
    private final Drafts drafts;
    private final DraftActs acts;

    CatalogChoices(Catalog catalog, Bundles bundles, Drafts drafts, DraftActs acts) {
        this.catalog = catalog;
        this.bundles = bundles;
        this.drafts = drafts;
        this.acts = acts;
    }

    @Override
    public Stream<Choice> find(SignedIn signedIn, String needle) {
        CatalogSnapshot known = catalog.snapshot();
        return Stream.of(records(known), make(signedIn), edit(signedIn, known, needle), sale(signedIn, known, needle), prepared(signedIn, needle))
                .flatMap(each -> each)
                .filter(each -> each.matches(needle));
    }

    private Stream<Choice> records(CatalogSnapshot known) {
        return Stream.of(
                        known.plans().stream().map(plan -> choice("palette.plan", plan.name(), plan.key() + " " + plan.id(), PlansView.PATH + "/" + plan.key())),
                        known.addOns().stream().map(addOn -> choice("palette.addOn", addOn.name(), addOn.key() + " " + addOn.id(), AddOnsView.PATH + "/" + addOn.key())),
                        known.features().stream().map(feature -> choice("palette.feature", feature.name(), feature.key() + " " + feature.id(), "features/" + feature.key())),
                        known.offers().stream().map(offer -> choice("palette.offer", offer.name(), offer.key() + " " + offer.id(), OffersView.PATH)),
                        bundles.open().stream().map(bundle -> choice("palette.bundle", bundle.name(), bundle.key() + " " + bundle.id(), BundlesView.PATH)))
                .flatMap(each -> each);
    }

    private static Stream<Choice> make(SignedIn signedIn) {
        return !signedIn.may(Permission.CATALOG) ? Stream.empty() : Stream.of(
                choice("palette.act", translate("product.new"), "", ConsolePage.beginning(PlansView.PATH, ProductDialogs.MAKE)),
                choice("palette.act", translate("feature.new"), "", ConsolePage.beginning("features", DraftActs.MAKE)),
                choice("palette.act", translate("draft.make.plan"), "", ConsolePage.beginning(PlansView.PATH, DraftActs.MAKE)),
                choice("palette.act", translate("draft.make.addon"), "", ConsolePage.beginning(AddOnsView.PATH, DraftActs.MAKE)),
                choice("palette.act", translate("offer.new"), "", ConsolePage.beginning(OffersView.PATH, DraftActs.MAKE)),
                choice("palette.act", translate("bundle.new"), "", ConsolePage.beginning(BundlesView.PATH, DraftActs.MAKE)));
    }

    /** Not among everything that is offered before something is typed: there are as many as plans. */
    private Stream<Choice> edit(SignedIn signedIn, CatalogSnapshot known, String needle) {
        return needle.isEmpty() || !signedIn.may(Permission.CATALOG) ? Stream.empty() : Stream.concat(known.plans().stream(), known.addOns().stream())
                .map(plan -> new Choice(translate("palette.act"), translate("palette.draft.of", plan.name()), plan.key(), () -> acts.next(plan)));
    }

    /** Off sale, and another one like it. */
    private static Stream<Choice> sale(SignedIn signedIn, CatalogSnapshot known, String needle) {
        if (needle.isEmpty() || !signedIn.may(Permission.CATALOG)) {
            return Stream.empty();
        }
        return Stream.concat(known.plans().stream(), known.addOns().stream()).flatMap(plan -> {
            String address = (plan.tier() ? PlansView.PATH : AddOnsView.PATH) + "/" + plan.key();
            Choice copy = choice("palette.act", translate("plan.copy.of", plan.name()), plan.key(), ConsolePage.beginning(address, PlanActs.COPY));
            return signedIn.may(Permission.PUBLISH) && known.onSale(plan).isPresent()
                    ? Stream.of(copy, choice("palette.act", translate("plan.retire.of", plan.name()), plan.key(), ConsolePage.beginning(address, PlanActs.RETIRE)))
                    : Stream.of(copy);
        });
    }

    private Stream<Choice> prepared(SignedIn signedIn, String needle) {
        if (needle.isEmpty() || !signedIn.may(Permission.CATALOG)) {
            return Stream.empty();
        }
        return drafts.page(signedIn.actor(), Draft.State.OPEN, null, MOST_DRAFTS).stream().flatMap(draft -> prepared(signedIn, draft));
    }

    private static Stream<Choice> prepared(SignedIn signedIn, Draft draft) {
        String name = DraftActs.name(draft);
        String detail = draft.subject().key() + " " + draft.id();
        Choice open = choice("palette.draft", translate("draft.of", name), detail, DraftActs.address(draft));
        return !signedIn.may(Permission.PUBLISH) ? Stream.of(open) : Stream.of(open, choice(
                "palette.act", translate("palette.publish", name), detail, ConsolePage.beginning(DraftActs.address(draft), DraftActs.PUBLISH)));
    }

    private static Choice choice(String kind, String name, String detail, String address) {
        return new Choice(translate(kind), name, detail, () -> ConsolePage.open(address));
    }
}
