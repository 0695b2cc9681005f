// Entitlement checks as one would write them by hand: one prepared statement a question, from the database that Headroom uses.
// No windows that move, no grants, grace or roll-outs, no tokens, no limits: whoever beats it does more and is still faster.
import { createHash, timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import mercurius from 'mercurius'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.PEER_DATABASE, max: 10 })
const wanted = createHash('sha256').update(process.env.BENCH_KEY).digest()

const schema = `
  type Query { account(key: String!): Account }
  type Account { entitlements(features: [String!]!): [Entitlement!]! }
  type Entitlement { feature: String! allowed: Boolean! reason: String! limit: Float used: Float! remaining: Float }
`

const CHECK = {
  name: 'check',
  text: `
    select f.key as feature, f.seats, i.quantity, e.feature_id is not null as granted, e.included, e.policy,
      coalesce(case when f.seats then (select count(*) from subscription.seat h where h.account_id = a.id and h.subscription_id = s.id) end,
        c.used + c.reserved, 0)::bigint as used
    from account.account a
    join catalog.feature f on f.key = any ($2)
    left join subscription.subscription s on s.account_id = a.id and s.product_id = f.product_id and s.state <> 'CANCELED'
    left join subscription.item i on i.account_id = a.id and i.subscription_id = s.id
    left join catalog.entitlement e on e.plan_version_id = i.plan_version_id and e.feature_id = f.id
    left join usage.counter c on c.account_id = a.id and c.grain = 'PERIOD' and c.grp = '' and c.feature_id = f.id
      and c.period_from <= now() and now() < c.period_until
    where a.key = $1`
}

async function check(key, features, requested) {
  const { rows } = await pool.query({ ...CHECK, values: [key, features] })
  return rows.map(row => {
    const used = Number(row.used)
    const limit = row.included === null ? (row.seats ? Number(row.quantity) : null) : Number(row.included)
    const allowed = row.granted && (limit === null || row.policy !== 'HARD' || used + requested <= limit)
    const reason = !row.granted ? 'NOT_GRANTED' : limit === null ? 'UNLIMITED' : used + requested <= limit ? 'INCLUDED' : allowed ? 'OVERAGE_PRICED' : 'LIMIT_REACHED'
    return { feature: row.feature, allowed, reason, limit, used, remaining: limit === null ? null : Math.max(0, limit - used) }
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
