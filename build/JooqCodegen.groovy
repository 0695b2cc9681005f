// Generates jOOQ's classes from the real schema: starts PostgreSQL, runs Liquibase over db/, reads every schema that
// a module owns into dev.headroom.<module>.jooq. Skipped while db/, the pom and this file are unchanged.
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres
import liquibase.Liquibase
import liquibase.Scope
import liquibase.database.DatabaseFactory
import liquibase.database.jvm.JdbcConnection
import liquibase.resource.DirectoryResourceAccessor
import liquibase.ui.LoggerUIService
import org.jooq.codegen.GenerationTool
import org.jooq.meta.jaxb.*
import java.security.MessageDigest

def base = project.basedir
def out = new File(project.build.directory, 'generated-sources/jooq')
def stamp = new File(project.build.directory, 'generated-sources/jooq.sha')

def digest = MessageDigest.getInstance('SHA-256')
def inputs = [new File(base, 'pom.xml'), new File(base, 'build/JooqCodegen.groovy')]
new File(base, 'db').eachFileRecurse { if (it.file) inputs << it }
inputs.sort { it.path }.each { digest.update(base.toPath().relativize(it.toPath()).toString().bytes); digest.update(it.bytes) }
def sha = digest.digest().encodeHex().toString()
if (stamp.exists() && stamp.text == sha && out.exists()) { log.info('jOOQ sources are up to date'); return }

// Liquibase tells each step twice; a failure it throws.
def liquibaseLog = java.util.logging.Logger.getLogger('liquibase')
liquibaseLog.level = java.util.logging.Level.WARNING
def postgres = EmbeddedPostgres.builder().setServerConfig('fsync', 'off').setServerConfig('max_connections', '10').start()
try {
  def connection = postgres.postgresDatabase.connection
  def modules
  try {
    def database = DatabaseFactory.instance.findCorrectDatabaseImplementation(new JdbcConnection(connection))
    Scope.child([(Scope.Attr.ui.name()): new LoggerUIService()], {
      new Liquibase('db/changelog.yaml', new DirectoryResourceAccessor(base), database).update('')
    } as Scope.ScopedRunner)
    modules = connection.createStatement().executeQuery("""
        select nspname from pg_namespace
        where nspname not in ('public', 'information_schema') and nspname !~ '^pg_' order by 1""").with { rows ->
      def names = []
      while (rows.next()) names << rows.getString(1)
      names
    }
  } finally { connection.close() }
  out.deleteDir()
  modules.each { module ->
    GenerationTool.generate(new Configuration()
      .withLogging(Logging.WARN)
      .withJdbc(new Jdbc().withDriver('org.postgresql.Driver').withUrl(postgres.getJdbcUrl('postgres', 'postgres')).withUser('postgres'))
      .withGenerator(new Generator()
        // Some modules have a table of their own name: the schema's constant gives way.
        .withStrategy(new Strategy().withMatchers(new Matchers().withSchemas(new MatchersSchemaType()
          .withSchemaClass(new MatcherRule().withTransform(MatcherTransformType.PASCAL).withExpression('$0_schema'))
          .withSchemaIdentifier(new MatcherRule().withTransform(MatcherTransformType.UPPER).withExpression('$0_schema')))))
        .withDatabase(new Database().withName('org.jooq.meta.postgres.PostgresDatabase')
          .withInputSchema(module)
          .withExcludes('event_default|event_[0-9_]+')
          .withForcedTypes(
            new ForcedType().withName('INSTANT').withIncludeTypes('timestamp(tz| with time zone)?.*'),
            new ForcedType().withUserType('java.util.Currency').withConverter('org.jooq.Converter.ofNullable(String.class, java.util.Currency.class, java.util.Currency::getInstance, java.util.Currency::getCurrencyCode)').withIncludeExpression('.*\\.currency').withIncludeTypes('.*')))
        .withGenerate(new Generate().withRecords(true).withFluentSetters(true).withGlobalObjectReferences(true).withJavaTimeTypes(true).withGeneratedAnnotation(false).withNonnullAnnotation(false))
        .withTarget(new Target().withPackageName("dev.headroom.${module}.jooq".toString()).withDirectory(out.path))))
  }
  stamp.parentFile.mkdirs()
  stamp.text = sha
  log.info("jOOQ sources generated for ${modules.join(', ')}")
} finally { postgres.close() }
