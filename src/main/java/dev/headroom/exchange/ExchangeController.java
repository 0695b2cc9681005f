package dev.headroom.exchange;

import dev.headroom.actor.Actor;
import dev.headroom.exchange.CatalogImports.ApplyCatalog;
import dev.headroom.exchange.CatalogImports.ApplyCatalogResult;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class ExchangeController {

    private final CatalogImports imports;

    ExchangeController(CatalogImports imports) {
        this.imports = imports;
    }

    @QueryMapping
    String exportCatalog(@Argument @Nullable List<String> products, @ContextValue Actor actor) {
        return imports.export(actor, products);
    }

    @QueryMapping
    CatalogImport previewCatalogImport(@Argument String yaml, @ContextValue Actor actor, Locale locale) {
        return imports.preview(actor, yaml, locale);
    }

    @MutationMapping
    ApplyCatalogResult applyCatalog(@Argument ApplyCatalog input, @ContextValue Actor actor, Locale locale) {
        return imports.apply(actor, input, locale);
    }
}
