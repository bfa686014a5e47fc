import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'
import compat from 'eslint-plugin-compat'

const FILE_LINES_MAX = 300
const FUNCTION_LINES_MAX = 70

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/wire/api.d.ts'] },
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  compat.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: FILE_LINES_MAX }],
      'max-lines-per-function': ['error', { max: FUNCTION_LINES_MAX }],
      'no-undef': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'vue/one-component-per-file': 'off',
      'vue/no-v-html': 'error',
    },
  },
  { files: ['test/**', 'shots/**', '*.config.*'], rules: { 'max-lines': 'off', 'max-lines-per-function': 'off', 'compat/compat': 'off' } },
)
