package dev.headroom.exchange;

import dev.headroom.actor.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue as a file to download, for whoever has nothing but curl. */
@RestController
class ExchangeDownloadController {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml;charset=utf-8");

    private static final MediaType SCHEMA = MediaType.parseMediaType("application/schema+json");

    private final CatalogImports imports;

    ExchangeDownloadController(CatalogImports imports) {
        this.imports = imports;
    }

    /** What an editor checks such a file by; the same for everybody. */
    @GetMapping("/v1/catalog.schema.json")
    ResponseEntity<Resource> schema() {
        return ResponseEntity.ok().contentType(SCHEMA).body(new ClassPathResource("catalog.schema.json"));
    }

    @GetMapping("/v1/catalog.yaml")
    ResponseEntity<String> catalog(@RequestParam(required = false) @Nullable List<String> product, @AuthenticationPrincipal Actor actor) {
        return ResponseEntity.ok()
                .contentType(YAML)
                .cacheControl(CacheControl.noStore().cachePrivate())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("catalog.yaml").build().toString())
                .body(imports.export(actor, product));
    }
}
