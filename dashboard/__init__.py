"""The supervision dashboard for livelihood-project voting (民生实事项目人大代表票决制)."""
