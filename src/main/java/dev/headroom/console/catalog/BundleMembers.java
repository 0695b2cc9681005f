package dev.headroom.console.catalog;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.bundle.Bundle;
import dev.headroom.bundle.Bundle.Member;
import dev.headroom.bundle.CreateBundle.NewMember;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a bundle can be made of, by the names that people know. */
record BundleMembers(CatalogSnapshot catalog) {

    /** Products, then add-ons. */
    List<Member> all() {
        return Stream.concat(
                catalog.products().stream().map(product -> new Member(product.id(), null, true)),
                catalog.addOns().stream().filter(addOn -> addOn.own() == null).map(addOn -> new Member(addOn.product(), addOn.id(), true))).toList();
    }

    String name(Member member) {
        String product = catalog.product(member.product()).name();
        return addOns(member).findFirst().map(addOn -> translate("bundle.member.addOn", addOn.name(), product)).orElse(translate("bundle.member.product", product));
    }

    /** A member in the words of whoever asks for a bundle. */
    NewMember asked(Member member, boolean reduced) {
        return addOns(member).findFirst()
                .map(addOn -> new NewMember(null, addOn.key(), reduced))
                .orElseGet(() -> new NewMember(catalog.product(member.product()).key(), null, reduced));
    }

    private Stream<Plan> addOns(Member member) {
        return catalog.addOns().stream().filter(addOn -> addOn.id().equals(member.addOn()));
    }

    String text(Bundle bundle) {
        return bundle.members().stream()
                .map(member -> member.reduced() ? translate("bundle.member.reduced", name(member)) : name(member))
                .collect(Collectors.joining(" + "));
    }
}
