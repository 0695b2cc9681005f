// Entitlement checks as one would write them by hand, at their fastest: the catalogue in memory, read again every second, and one prepared
// statement a question from the database that Headroom uses, planned once (planning it each time took more than twice as long).
// No windows that move, no grants, grace or roll-outs, no tokens, no limits: whoever beats it does more and is still faster.
import { createHash, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import mercurius from 'mercurius'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.PEER_DATABASE, max: 4, options: '-c plan_cache_mode=force_generic_plan' })
const wanted = createHash('sha256').update(process.env.BENCH_KEY).digest()

const schema = `
  type Query { account(key: String!): Account }
  type Account { entitlements(features: [String!]!): [Entitlement!]! }
  type Entitlement { feature: String! allowed: Boolean! reason: String! limit: Float used: Float! remaining: Float }
`

let features
async function readCatalogue() {
  const { rows } = await pool.query(`
    select f.key, f.id, f.seats, f.product_id, e.plan_version_id, e.included, e.policy
    from catalog.feature f left join catalog.entitlement e on e.feature_id = f.id`)
  const read = new Map()
  for (const row of rows) {
    if (!read.has(row.key)) read.set(row.key, { key: row.key, id: row.id, seats: row.seats, product: row.product_id, plans: new Map() })
    if (row.plan_version_id) read.get(row.key).plans.set(row.plan_version_id, { included: row.included === null ? null : Number(row.included), hard: row.policy === 'HARD' })
  }
  features = read
}
await readCatalogue()
setInterval(readCatalogue, 1000)

const CHECK = {
  name: 'check',
  rowMode: 'array',
  text: `
    select s.product_id, i.plan_version_id, i.quantity,
      (select count(*)::int from subscription.seat h where h.account_id = a.id and h.subscription_id = s.id),
      (select jsonb_object_agg(c.feature_id, c.used + c.reserved) from usage.counter c
        where c.account_id = a.id and c.grain = 'PERIOD' and c.grp = '' and c.period_from <= now() and now() < c.period_until)
    from account.account a
    join subscription.subscription s on s.account_id = a.id and s.state <> 'CANCELED'
    join subscription.item i on i.account_id = a.id and i.subscription_id = s.id
    where a.key = $1`
}

async function check(key, wanted, requested) {
  const { rows } = await pool.query({ ...CHECK, values: [key] })
  return wanted.map(name => {
    const feature = features.get(name)
    const [, plan, quantity, held, counted] = rows.find(row => row[0] === feature.product) ?? []
    const granted = feature.plans.get(plan)
    const limit = granted === undefined ? null : granted.included ?? (feature.seats ? quantity : null)
    const used = (feature.seats ? held : counted?.[feature.id]) ?? 0
    const fits = limit === null || used + requested <= limit
    const allowed = granted !== undefined && (fits || !granted.hard)
    const reason = !granted ? 'NOT_GRANTED' : limit === null ? 'UNLIMITED' : fits ? 'INCLUDED' : allowed ? 'OVERAGE_PRICED' : 'LIMIT_REACHED'
    return { feature: name, allowed, reason, limit, used, remaining: limit === null ? null : Math.max(0, limit - used) }
  })
}

const app = Fastify()
app.addHook('onRequest', async (request, reply) => {
  const given = createHash('sha256').update((request.headers.authorization ?? '').replace(/^Bearer /, '')).digest()
  if (!timingSafeEqual(given, wanted)) reply.code(401).send()
})
app.register(mercurius, {
  schema,
  jit: 1,
  resolvers: {
    Query: { account: (_, { key }) => ({ key }) },
    Account: { entitlements: ({ key }, { features }) => check(key, features, 1) }
  }
})
app.get('/v1/accounts/:key/entitlements', async request => ({
  account: request.params.key,
  entitlements: await check(request.params.key, request.query.features.split(','), 1)
}))
await app.listen({ port: Number(process.env.PEER_PORT), host: '127.0.0.1' })
console.log('ready')
