/** The hub's OpenAPI document, read once and laid out for reading: operations by tag, and the shapes they use. */
import { ref, shallowRef } from 'vue'

export interface Schema {
  $ref?: string; type?: string | string[]; format?: string; description?: string; enum?: unknown[]; items?: Schema; properties?: Record<string, Schema>
  required?: string[]; oneOf?: Schema[]; anyOf?: Schema[]; allOf?: Schema[]; additionalProperties?: Schema | boolean
}
export interface Operation {
  method: string; path: string; id: string; tag: string; summary: string; description: string
  parameters: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[]
  body: Schema | null; answers: { status: string; description: string; schema: Schema | null }[]
}
export interface Shape { name: string; schema: Schema }
interface Content { [type: string]: { schema?: Schema } }
interface RawOperation {
  operationId?: string; tags?: string[]; summary?: string; description?: string; parameters?: Operation['parameters']
  requestBody?: { content?: Content }; responses?: Record<string, { description?: string; content?: Content }>
}
export interface ApiDocument { info?: { title?: string; version?: string }; paths?: Record<string, Record<string, RawOperation>>; components?: { schemas?: Record<string, Schema> } }

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const schemaOf = (content?: Content) => Object.values(content ?? {})[0]?.schema ?? null

/** All operations of a document, in its order. */
export function operationsOf(document: ApiDocument): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) => METHODS.filter(method => item[method]).map(method => {
    const raw = item[method] as RawOperation
    const [summary = '', ...rest] = (raw.summary ?? raw.description ?? '').split('\n')
    return {
      method: method.toUpperCase(), path, id: `${method}-${path.replace(/[^\w]+/g, '-')}`, tag: raw.tags?.[0] ?? path.split('/')[3] ?? '',
      summary, description: raw.summary ? raw.description ?? '' : rest.join('\n').trim(), parameters: raw.parameters ?? [],
      body: schemaOf(raw.requestBody?.content),
      answers: Object.entries(raw.responses ?? {}).map(([status, r]) => ({ status, description: r.description ?? '', schema: schemaOf(r.content) })),
    }
  }))
}

/** A schema in one word: its shape's name, its type, or its choices. */
export function typeName(schema: Schema | null | undefined): string {
  if (!schema) return '—'
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? ''
  if (schema.enum) return schema.enum.map(String).join(' | ')
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf
  if (choices) return choices.map(typeName).join(schema.allOf ? ' & ' : ' | ')
  if (schema.items) return `${typeName(schema.items)}[]`
  const type = [schema.type ?? 'object'].flat().join(' | ')
  return schema.format ? `${type} (${schema.format})` : type
}

export function useApiDocument() {
  const operations = shallowRef<Operation[]>([])
  const shapes = shallowRef<Shape[]>([])
  const title = ref('')
  const failed = ref(false)
  async function read(): Promise<void> {
    failed.value = false
    try {
      const answer = await fetch('/api/openapi.json')
      if (!answer.ok) throw new Error(String(answer.status))
      const document = await answer.json() as ApiDocument
      operations.value = operationsOf(document)
      shapes.value = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => ({ name, schema }))
      title.value = `${document.info?.title ?? ''} ${document.info?.version ?? ''}`.trim()
    } catch {
      failed.value = true
    }
  }
  void read()
  return { operations, shapes, title, failed, read }
}
