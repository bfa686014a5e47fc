import { open } from './stage.mjs'
const about = { name: 'Hallcast', version: '0.1.0', public_url: 'http://127.0.0.1:8080', demo: true, halls: [{ id: 'demo', name: '一楼综合大厅', name_en: 'General Service Hall', site: '安和市政务服务中心', site_en: 'Anhe City Government Service Centre' }] }
const at = (path, api, size = [1366, 768]) => async () => { const page = await open(path, { size, api }); await page.waitForTimeout(400); return page }
const ref = name => ({ $ref: `#/components/schemas/${name}` })
const openapi = { info: { title: 'Hallcast', version: '0.1.0' }, paths: { '/api/v1/halls/{hall}/commands': { post: { tags: ['commands'], summary: 'Asks the hall to change.', parameters: [{ name: 'hall', in: 'path', required: true, schema: { type: 'string' } }], requestBody: { content: { 'application/json': { schema: ref('Command') } } }, responses: { 200: { description: 'After the commit.', content: { 'application/json': { schema: ref('Answer') } } }, 409: { description: 'A refusal.' } } } } }, components: { schemas: { Answer: { properties: { at: ref('At') }, required: ['at'] }, At: { description: 'A position.', properties: { epoch: { type: 'integer', format: 'int64' }, seq: { type: 'integer' } } } } } }
export const shots = {
  home: at('/', { 'GET /about': about }), 'home-en-phone': at('/?lang=en', { 'GET /about': about }, [390, 844]), docs: at('/api/docs', { 'GET /api/openapi.json': openapi }),
}
