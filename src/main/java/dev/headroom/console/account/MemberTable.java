package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.headroom.account.Member;
import dev.headroom.account.MemberState;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import java.time.Instant;
import java.time.ZoneId;

/** The users of the account, and who of them holds a seat. */
final class MemberTable extends Div {

    MemberTable(AccountReading reading) {
        if (reading.members().isEmpty()) {
            add(new EmptyState(translate("member.none"), translate("member.none.why")));
            return;
        }
        DataTable table = new DataTable(
                translate("account.members", reading.members().size()), translate("member.name"), translate("member.state"),
                translate("member.active"), translate("member.seat"));
        reading.members().forEach(member -> table.row(
                name(member), new Text(Words.of(member.state())), active(member, reading.account().zone()),
                new Text(translate(reading.seated().contains(member.id()) ? "member.seat.held" : "member.seat.free"))));
        add(table);
    }

    /** Empty for who has not come in yet, of whom there is nothing to tell. */
    static Component active(Member member, ZoneId zone) {
        Instant last = member.lastActiveAt();
        if (last == null) {
            return new Text(member.state() == MemberState.INVITED ? "" : translate("member.active.unknown"));
        }
        return When.day(last, zone);
    }

    /** Where there is no room for the whole of it, it breaks before its host. */
    private static Component address(String email) {
        int host = Math.max(email.lastIndexOf('@'), 0);
        Span address = new Span(new Text(email.substring(0, host)), new HtmlComponent("wbr"), new Text(email.substring(host)));
        address.addClassNames("quiet", "address");
        return address;
    }

    static Component name(Member member) {
        Div name = new Div(new Span(member.name()), address(member.email()));
        name.addClassName("stacked");
        return name;
    }
}
