"""What a first look needs: channels, sign-ins and sample reports. Exists in demo mode only."""
