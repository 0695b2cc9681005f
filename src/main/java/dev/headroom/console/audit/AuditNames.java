package dev.headroom.console.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.headroom.account.Account;
import dev.headroom.account.AccountId;
import dev.headroom.account.Accounts;
import dev.headroom.account.Member;
import dev.headroom.account.Members;
import dev.headroom.actor.Actor;
import dev.headroom.audit.AuditEntry;
import dev.headroom.id.Ids;
import dev.headroom.identity.Origins;
import dev.headroom.identity.Origins.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whose id it is that an entry has. */
@Component
class AuditNames {

    private static final String MEMBER = "member:";
    private static final String OURS = "system:";

    private final Origins origins;
    private final Accounts accounts;
    private final Members members;

    AuditNames(Origins origins, Accounts accounts, Members members) {
        this.origins = origins;
        this.accounts = accounts;
        this.members = members;
    }

    /** An entry with who did it and whose account it touched. */
    record Named(AuditEntry entry, String who, @Nullable Account account) {}

    /** A page of them; a statement for the accounts, and one for each that acted. */
    List<Named> of(Actor reader, List<AuditEntry> entries) {
        Map<AccountId, Account> owners = accounts.byIds(reader, entries.stream().flatMap(entry -> account(entry).stream()).distinct().toList());
        Map<String, String> known = new HashMap<>(people(reader, entries));
        return entries.stream()
                .map(entry -> new Named(entry, known.computeIfAbsent(entry.actor(), actor -> who(reader, actor)), account(entry).map(owners::get).orElse(null)))
                .toList();
    }

    private Map<String, String> people(Actor reader, List<AuditEntry> entries) {
        Map<AccountId, List<UUID>> wanted = entries.stream()
                .filter(entry -> entry.actor().startsWith(MEMBER) && entry.account() != null)
                .collect(Collectors.groupingBy(entry -> account(entry).orElseThrow(),
                        Collectors.flatMapping(entry -> Ids.parse(entry.actor().substring(MEMBER.length())).stream(), Collectors.toList())));
        return wanted.entrySet().stream()
                .flatMap(of -> members.byIds(reader, of.getKey(), of.getValue()).values().stream())
                .collect(Collectors.toMap(member -> MEMBER + member.id(), Member::name, (one, same) -> one));
    }

    private static Optional<AccountId> account(AuditEntry entry) {
        return Optional.ofNullable(entry.account()).map(AccountId::new);
    }

    /** Whether it is a part of Headroom, all of which are called alike. */
    static boolean isOurs(String actor) {
        return actor.startsWith(OURS);
    }

    static String part(String actor) {
        return actor.substring(OURS.length());
    }

    /** @param actor {@link Actor#name()} */
    String who(Actor reader, String actor) {
        Origin origin = origins.of(reader, actor);
        return switch (origin.kind()) {
            case CONSOLE -> actor.equals(reader.name()) ? translate("actor.you") : Objects.requireNonNullElseGet(origin.name(), () -> translate("actor.console"));
            case API_KEY -> origin.name() == null ? translate("actor.api") : translate("audit.key", origin.name());
            case ACCOUNT_TOKEN -> translate("actor.member");
            case HEADROOM -> translate("product.name");
        };
    }
}
