import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const ownInsides = {
    group: ['@/features/*/*'],
    message: 'A feature is entered by its index.ts.',
};

export default tseslint.config(
    { ignores: ['dist', 'node_modules', 'src/api/schema.ts', 'public'] },
    js.configs.recommended,
    {
        files: ['src/**/*.{ts,tsx}', 'vite.config.ts'],
        extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            '@typescript-eslint/consistent-type-definitions': 'off',
            '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
            '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
            '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
            '@typescript-eslint/no-confusing-void-expression': 'off',
            '@typescript-eslint/only-throw-error': 'off', // the router's redirects and not-founds are thrown
            'no-restricted-imports': ['error', { patterns: [ownInsides] }],
        },
    },
    {
        files: ['src/**/*.tsx', 'src/**/*.ts'],
        plugins: { 'react-hooks': reactHooks },
        rules: {
            'react-hooks/rules-of-hooks': 'error',
            'react-hooks/exhaustive-deps': 'error',
        },
    },
    { files: ['src/**/*.tsx'], ...jsxA11y.flatConfigs.recommended },
    {
        files: ['src/features/**'],
        rules: {
            'no-restricted-imports': [
                'error',
                {
                    patterns: [
                        ownInsides,
                        { group: ['../*'], message: 'Another feature is imported as @/features/name.' },
                    ],
                },
            ],
        },
    },
    {
        files: ['src/ui/**', 'src/base/**', 'src/i18n/**', 'src/api/**'],
        rules: {
            'no-restricted-imports': [
                'error',
                {
                    patterns: [
                        {
                            group: ['@/features', '@/features/**', '../features/**'],
                            message: 'This layer knows no feature.',
                        },
                    ],
                },
            ],
        },
    },
    {
        files: ['src/ui/**', 'src/base/**'],
        rules: {
            'no-restricted-imports': [
                'error',
                {
                    patterns: [
                        {
                            group: ['@/features', '@/features/**', '@/api', '@/api/**'],
                            message: 'This layer knows no domain.',
                        },
                    ],
                },
            ],
        },
    },
);
