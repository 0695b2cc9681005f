package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.account.Member;
import dev.headroom.console.SignedIn;
import java.util.List;
import java.util.Optional;

/** Who did something, as whoever reads it knows them. */
public final class ActorText {

    private final List<Member> members;
    private final String reader;

    ActorText(AccountReading reading, SignedIn signedIn) {
        this(reading.members(), signedIn);
    }

    /** @param members who may be named */
    public ActorText(List<Member> members, SignedIn signedIn) {
        this.members = members;
        this.reader = signedIn.actor().name();
    }

    /** @param actor {@link dev.headroom.actor.Actor#name()} */
    public String of(String actor) {
        if (actor.equals(reader)) {
            return translate("actor.you");
        }
        if (actor.startsWith("console:")) {
            return translate("actor.console");
        }
        if (actor.startsWith("api-key:")) {
            return translate("actor.api");
        }
        return actor.startsWith("member:")
                ? member(actor.substring(actor.indexOf(':') + 1)).orElseGet(() -> translate("actor.member"))
                : translate("product.name");
    }

    Optional<String> member(String id) {
        return members.stream().filter(member -> member.id().toString().equals(id)).map(Member::name).findFirst();
    }
}
